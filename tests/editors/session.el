;;; A session of Emacs.  -*- lexical-binding: t -*-
;;; Start eglot, wait for what is found in the file that is open, write it down, apply the first fix as somebody at the
;;; keys does, wait until nothing is found any more, and write down the text.

(require 'json)

(defvar session-found nil)
(defvar session-end (+ (float-time) 40))

(defun session-finish (more)
  (with-temp-file (getenv "LAMBDALINT_TEST_OUT")
    (insert (json-encode `((version . ,emacs-version) ,@more))))
  (kill-emacs))

(defun session-described (diagnostic)
  (let ((first (flymake-diagnostic-beg diagnostic))
        (last (flymake-diagnostic-end diagnostic)))
    `((row . ,(1- (line-number-at-pos first)))
      (marked . ,(buffer-substring-no-properties first last))
      (kind . ,(symbol-name (flymake-diagnostic-type diagnostic)))
      (message . ,(flymake-diagnostic-text diagnostic)))))

(defun session-look ()
  (let ((now (flymake-diagnostics)))
    (cond
     ((> (float-time) session-end)
      (session-finish `((failed . ,(with-current-buffer "*Messages*" (buffer-string))) (found . ,session-found))))
     ((and now (not session-found))
      (setq session-found (vconcat (mapcar #'session-described now)))
      (goto-char (flymake-diagnostic-beg (car now)))
      (execute-kbd-macro (kbd "M-x eglot-code-actions RET RET")))
     ((and session-found (not now))
      (session-finish `((found . ,session-found) (text . ,(buffer-string))))))))

(defun session-begin ()
  (execute-kbd-macro (kbd "M-x eglot RET"))
  (run-with-timer 0.1 0.1 #'session-look))

(add-hook 'emacs-startup-hook #'session-begin)
